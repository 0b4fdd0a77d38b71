package main

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// invalid is what the provider refuses before anybody is asked. What is not known yet is not judged.
func invalid(kind string, config object) []error {
	found := &findings{}
	switch kind {
	case "pagerduty_user":
		found.zone(config)
		found.oneOf(config, "role", "admin", "limited_user", "observer", "owner", "read_only_user", "restricted_access", "read_only_limited_user", "user")
	case "pagerduty_team_membership":
		found.oneOf(config, "role", "observer", "responder", "manager")
	case "pagerduty_user_contact_method":
		found.contactMethod(config)
	case "pagerduty_user_notification_rule":
		found.oneOf(config, "urgency", "high", "low")
		method, _ := config["contact_method"].(object)
		found.oneOf(method, "type", contactTypes...)
	case "pagerduty_user_handoff_notification_rule":
		found.oneOf(config, "handoff_type", "both", "oncall", "offcall")
		if len(list(config["contact_method"])) != 1 {
			found.add("contact_method", "must be there once")
		}
	case "pagerduty_schedule":
		found.schedule(config)
	case "pagerduty_escalation_policy":
		found.policy(config)
	case "pagerduty_service":
		found.service(config)
	case "pagerduty_alert_grouping_setting":
		found.grouping(config)
	case "pagerduty_maintenance_window":
		found.times(config, "start_time", "end_time")
	}
	return found.errors
}

var contactTypes = []string{
	"email_contact_method", "phone_contact_method", "push_notification_contact_method", "sms_contact_method", "whatsapp_contact_method",
}

var zones = loadZones()

type findings struct{ errors []error }

func (f *findings) add(name, format string, arguments ...any) {
	f.errors = append(f.errors, &atAttribute{name, fmt.Sprintf(format, arguments...)})
}

func (f *findings) oneOf(config object, name string, allowed ...string) {
	value, set := config[name].(string)
	if !set {
		return
	}
	for _, each := range allowed {
		if value == each {
			return
		}
	}
	f.add(name, "must be one of %s, got %q", strings.Join(allowed, ", "), value)
}

func (f *findings) between(config object, name string, least, most float64) {
	if value, set := config[name].(float64); set && (value < least || value > most) {
		f.add(name, "must be in the range %v to %v, got %v", least, most, value)
	}
}

func (f *findings) zone(config object) {
	if name, set := config["time_zone"].(string); set && !zones[name] {
		f.add("time_zone", "%q is a not valid input. Please refer to the list of allowed Time Zone values", name)
	}
}

func (f *findings) times(config object, names ...string) {
	for _, name := range names {
		if written, set := config[name].(string); set {
			if _, err := time.Parse(time.RFC3339, written); err != nil {
				f.add(name, "%q is not a time of RFC 3339", written)
			}
		}
	}
}

// name is what the provider demands of names: nothing that cannot be printed, no blanks at the end.
func (f *findings) name(config object, forbidden string) {
	written, set := config["name"].(string)
	if !set {
		return
	}
	unprintable := func(each rune) bool { return !unicode.IsPrint(each) }
	if written == "" || strings.TrimRight(written, " ") != written || strings.ContainsFunc(written, unprintable) || strings.ContainsAny(written, forbidden) {
		f.add("name", "%q can not be blank, end with blanks, or hold what cannot be printed, or one of %s", written, forbidden)
	}
}

var timeOfDay = regexp.MustCompile(`^([0-1][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`)

func (f *findings) schedule(config object) {
	f.zone(config)
	for _, layer := range objects(config["layer"]) {
		f.times(layer, "start", "end", "rotation_virtual_start")
		f.between(layer, "rotation_turn_length_seconds", 3600, 365*24*3600)
		if users, set := layer["users"].([]any); set && len(users) == 0 {
			f.add("layer", "users must have at least one")
		}
		for _, each := range objects(layer["restriction"]) {
			f.restriction(each)
		}
	}
}

func (f *findings) restriction(config object) {
	f.oneOf(config, "type", "daily_restriction", "weekly_restriction")
	f.between(config, "duration_seconds", 1, 7*24*3600-1)
	f.between(config, "start_day_of_week", 1, 7)
	if written, set := config["start_time_of_day"].(string); set && !timeOfDay.MatchString(written) {
		f.add("layer", "start_time_of_day must be of 00:00:00 format, got %q", written)
	}
	if config["type"] == "daily_restriction" {
		if number(config["start_day_of_week"]) != 0 {
			f.add("layer", "start_day_of_week must only be set for a weekly_restriction schedule restriction type")
		}
		if number(config["duration_seconds"]) >= 24*3600 {
			f.add("layer", "duration_seconds for a daily_restriction schedule restriction type must be shorter than a day")
		}
	}
}

func (f *findings) policy(config object) {
	f.name(config, `\/&<>`)
	f.between(config, "num_loops", 0, 9)
	if len(list(config["teams"])) > 1 {
		f.add("teams", "one at most")
	}
	for _, rule := range objects(config["rule"]) {
		f.between(rule, "escalation_delay_in_minutes", 1, 1e9)
		if targets := objects(rule["target"]); len(targets) > 10 {
			f.add("rule", "10 targets at most, got %d", len(targets))
		}
		for _, target := range objects(rule["target"]) {
			f.oneOf(target, "type", "user_reference", "schedule_reference")
		}
	}
}

func (f *findings) service(config object) {
	f.name(config, "")
	f.oneOf(config, "alert_creation", "create_alerts_and_incidents", "create_incidents")
	for _, rule := range objects(config["incident_urgency_rule"]) {
		if rule["type"] == "use_support_hours" && text(rule["urgency"]) != "" {
			f.add("incident_urgency_rule", "general urgency cannot be set for a use_support_hours incident urgency rule type")
		}
	}
	for _, hours := range objects(config["support_hours"]) {
		f.zone(hours)
	}
}

func (f *findings) grouping(config object) {
	f.oneOf(config, "type", "content_based", "content_based_intelligent", "intelligent", "time")
	if services, set := config["services"].([]any); set && len(services) == 0 {
		f.add("services", "must have at least one")
	}
	if config["type"] == "time" && len(list(config["services"])) > 1 {
		f.add("services", "a setting of type time allows for only one service")
	}
	inner, _ := config["config"].(object)
	if strings.HasPrefix(text(config["type"]), "content_based") && (inner["fields"] == nil || inner["aggregate"] == nil) {
		f.add("config", "fields and aggregate cannot be blank")
	}
}

// trunk are the countries whose numbers are written without their leading digit.
var trunk = map[float64]string{33: "0", 40: "0", 44: "0", 45: "0", 49: "0", 61: "0", 66: "0", 91: "0", 1: "1"}

func (f *findings) contactMethod(config object) {
	f.oneOf(config, "type", contactTypes[:4]...)
	address, set := config["address"].(string)
	if kind := text(config["type"]); !set || kind != "phone_contact_method" && kind != "sms_contact_method" {
		return
	}
	if len(address) > 40 || strings.Trim(address, "0123456789,*#") != "" {
		f.add("address", "phone numbers are of digits, comma, asterisk and pound, 40 at most")
	}
	if prefix := trunk[number(config["country_code"])]; prefix != "" && strings.HasPrefix(address, prefix) {
		f.add("address", "must be formatted for international use without the leading %s", prefix)
	}
}

package main

import (
	"fmt"
	"reflect"
	"strconv"
)

func escalationPolicy() *resource {
	encode := func(planned object) object {
		body := copied(planned, "name", "description")
		body["num_loops"] = number(planned["num_loops"])
		body["teams"] = references(planned["teams"], "team")
		rules := []any{}
		for _, rule := range objects(planned["rule"]) {
			rules = append(rules, encodeRule(rule))
		}
		body["escalation_rules"] = rules
		return body
	}
	decode := func(_, found object) object {
		state := copied(found, "id", "name", "description", "num_loops")
		state["teams"] = some(ids(found["teams"]))
		rules := []any{}
		for _, rule := range objects(found["escalation_rules"]) {
			rules = append(rules, decodeRule(rule))
		}
		state["rule"] = rules
		return state
	}
	made := simple(fixed("/escalation_policies"), "escalation_policy", encode, decode)
	made.defaults = object{"description": managed}
	made.suppress = func(prior, planned object) {
		// Not written is none, which comes back as 0.
		if planned["num_loops"] == nil && number(prior["num_loops"]) == 0 {
			planned["num_loops"] = prior["num_loops"]
		}
	}
	return made
}

func encodeRule(rule object) object {
	body := copied(rule, "id", "escalation_delay_in_minutes")
	targets := []any{}
	for _, target := range objects(rule["target"]) {
		kind := text(target["type"])
		if kind == "" {
			kind = "user_reference"
		}
		targets = append(targets, object{"id": target["id"], "type": kind})
	}
	body["targets"] = targets
	if strategy := first(rule["escalation_rule_assignment_strategy"]); strategy != nil {
		body["escalation_rule_assignment_strategy"] = copied(strategy, "type")
	}
	return body
}

func decodeRule(found object) object {
	rule := copied(found, "id", "escalation_delay_in_minutes")
	targets := []any{}
	for _, target := range objects(found["targets"]) {
		targets = append(targets, copied(target, "id", "type"))
	}
	rule["target"] = targets
	if strategy, ok := found["escalation_rule_assignment_strategy"].(object); ok {
		rule["escalation_rule_assignment_strategy"] = []any{copied(strategy, "type")}
	}
	return rule
}

var serviceTimeouts = []string{"auto_resolve_timeout", "acknowledgement_timeout"}

func service() *resource {
	made := simple(fixed("/services"), "service", encodeService, decodeService)
	made.defaults = object{
		"description": managed, "alert_creation": "create_alerts_and_incidents",
		"auto_resolve_timeout": "14400", "acknowledgement_timeout": "1800",
	}
	made.computedBlocks = []string{"incident_urgency_rule", "alert_grouping_parameters", "auto_pause_notifications_parameters"}
	return made
}

func encodeService(planned object) object {
	body := copied(planned, "name", "description", "alert_creation")
	for _, name := range serviceTimeouts {
		// A text, whose "null" turns it off.
		if seconds, err := strconv.Atoi(text(planned[name])); err == nil {
			body[name] = seconds
		} else {
			body[name] = nil
		}
	}
	body["escalation_policy"] = reference(planned["escalation_policy"], "escalation_policy")
	if rule := first(planned["incident_urgency_rule"]); rule != nil {
		body["incident_urgency_rule"] = encodeUrgency(rule)
	}
	if hours := first(planned["support_hours"]); hours != nil {
		body["support_hours"] = hours
	}
	body["scheduled_actions"] = encodeActions(objects(planned["scheduled_actions"]))
	return body
}

func encodeUrgency(rule object) object {
	body := copied(rule, "type", "urgency")
	for _, half := range []string{"during_support_hours", "outside_support_hours"} {
		if inner := first(rule[half]); inner != nil {
			body[half] = copied(inner, "type", "urgency")
		}
	}
	return body
}

func encodeActions(actions []object) []any {
	found := []any{}
	for _, action := range actions {
		body := copied(action, "type", "to_urgency")
		body["at"] = copied(first(action["at"]), "type", "name")
		found = append(found, body)
	}
	return found
}

func decodeService(_, found object) object {
	names := []string{"id", "name", "description", "alert_creation", "html_url", "status", "created_at", "last_incident_timestamp", "type"}
	state := copied(found, names...)
	for _, name := range serviceTimeouts {
		if seconds, set := found[name].(float64); set {
			state[name] = fmt.Sprint(int(seconds))
		} else {
			state[name] = "null"
		}
	}
	policy, _ := found["escalation_policy"].(object)
	state["escalation_policy"], state["alert_grouping_timeout"] = policy["id"], "null"
	if rule, ok := found["incident_urgency_rule"].(object); ok {
		state["incident_urgency_rule"] = []any{decodeUrgency(rule)}
	}
	if hours, ok := found["support_hours"].(object); ok {
		state["support_hours"] = []any{copied(hours, "type", "time_zone", "start_time", "end_time", "days_of_week")}
	}
	actions := []any{}
	for _, action := range objects(found["scheduled_actions"]) {
		inner, _ := action["at"].(object)
		body := copied(action, "type", "to_urgency")
		body["at"] = []any{copied(inner, "type", "name")}
		actions = append(actions, body)
	}
	state["scheduled_actions"] = actions
	if pause, ok := found["auto_pause_notifications_parameters"].(object); ok {
		state["auto_pause_notifications_parameters"] = []any{copied(pause, "enabled", "timeout")}
	}
	return state
}

func decodeUrgency(found object) object {
	rule := copied(found, "type", "urgency")
	for _, half := range []string{"during_support_hours", "outside_support_hours"} {
		if inner, ok := found[half].(object); ok {
			rule[half] = []any{copied(inner, "type", "urgency")}
		}
	}
	return rule
}

func integration() *resource {
	encode := func(planned object) object {
		body := copied(planned, "name", "type")
		if vendor := text(planned["vendor"]); vendor != "" {
			body["vendor"] = reference(vendor, "vendor")
		}
		return body
	}
	decode := func(state, found object) object {
		fresh := copied(found, "id", "name", "type", "integration_key", "html_url")
		vendor, _ := found["vendor"].(object)
		fresh["service"], fresh["vendor"] = state["service"], vendor["id"]
		return fresh
	}
	made := simple(under("services", "service", "integrations"), "integration", encode, decode)
	made.replace = []string{"service", "type"}
	made.imported = pair(".", "service", "id")
	return made
}

func alertGrouping() *resource {
	encode := func(planned object) object {
		body := copied(planned, "name", "description", "type")
		config, _ := planned["config"].(object)
		names := map[string][]string{
			"time": {"timeout"}, "intelligent": {"time_window", "iag_fields"},
			"content_based": {"aggregate", "fields", "time_window"}, "content_based_intelligent": {"aggregate", "fields", "time_window"},
		}
		body["config"] = copied(config, names[text(planned["type"])]...)
		body["services"] = references(planned["services"], "service")
		return body
	}
	decode := func(_, found object) object {
		state := copied(found, "id", "name", "description", "type")
		config, _ := found["config"].(object)
		state["config"] = copied(config, "timeout", "time_window", "aggregate", "fields", "iag_fields")
		state["services"] = ids(found["services"])
		return state
	}
	made := simple(fixed("/alert_grouping_settings"), "alert_grouping_setting", encode, decode)
	made.defaults = object{"description": managed}
	made.suppress = func(prior, planned object) {
		before, _ := prior["config"].(object)
		after, _ := planned["config"].(object)
		for _, name := range []string{"timeout", "time_window", "iag_fields"} {
			if after != nil && after[name] == nil {
				after[name] = before[name]
			}
		}
	}
	return made
}

func maintenanceWindow() *resource {
	encode := func(planned object) object {
		body := copied(planned, "start_time", "end_time", "description")
		body["services"] = references(planned["services"], "service")
		body["type"] = "maintenance_window"
		return body
	}
	decode := func(_, found object) object {
		state := copied(found, "id", "start_time", "end_time", "description")
		state["services"] = ids(found["services"])
		return state
	}
	made := simple(fixed("/maintenance_windows"), "maintenance_window", encode, decode)
	made.defaults = object{"description": managed}
	made.replace = []string{"start_time", "end_time"}
	made.suppress = func(prior, planned object) {
		keepSame(prior, planned, "start_time", sameInstant)
		keepSame(prior, planned, "end_time", sameInstant)
		if reflect.DeepEqual(sortedTexts(prior["services"]), sortedTexts(planned["services"])) {
			planned["services"] = prior["services"]
		}
	}
	return made
}

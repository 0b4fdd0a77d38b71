package main

import (
	"fmt"
	"net/url"
	"sort"
	"strings"
)

// lists says where objects of a data source are found, and under which key.
var lists = map[string][2]string{
	"pagerduty_escalation_policy": {"/escalation_policies", "escalation_policies"},
	"pagerduty_schedule":          {"/schedules", "schedules"},
	"pagerduty_service":           {"/services", "services"},
	"pagerduty_team":              {"/teams", "teams"},
	"pagerduty_user":              {"/users", "users"},
	"pagerduty_vendor":            {"/vendors", "vendors"},
}

// lookUp finds what a data source asks for: users by their e-mail, everything else by its name.
func lookUp(c *client, kind string, config object) (object, error) {
	place, found := lists[kind]
	if !found {
		return nil, fmt.Errorf("%s: this stand-in does not look it up", kind)
	}
	by := "name"
	if kind == "pagerduty_user" {
		by = "email"
	}
	wanted := text(config[by])
	all, err := c.all(place[0], place[1], url.Values{"query": {wanted}})
	if err != nil {
		return nil, err
	}
	for _, each := range all {
		if strings.EqualFold(text(each[by]), wanted) {
			return shown(kind, config, each), nil
		}
	}
	return nil, fmt.Errorf("unable to locate any %s with the %s: %s", strings.TrimPrefix(kind, "pagerduty_"), by, wanted)
}

func shown(kind string, config, found object) object {
	names := map[string][]string{
		"pagerduty_escalation_policy": {"id", "description"},
		"pagerduty_schedule":          {"id"},
		"pagerduty_service":           {"id", "description", "type", "alert_creation", "auto_resolve_timeout", "acknowledgement_timeout"},
		"pagerduty_team":              {"id", "description"},
		"pagerduty_user":              {"id", "name", "role", "job_title", "time_zone", "description"},
		"pagerduty_vendor":            {"id", "type"},
	}
	state := copied(found, names[kind]...)
	for name, value := range config {
		if value != nil {
			state[name] = value
		}
	}
	switch kind {
	case "pagerduty_escalation_policy":
		state["teams"] = ids(found["teams"])
	case "pagerduty_service":
		policy, _ := found["escalation_policy"].(object)
		state["escalation_policy"] = policy["id"]
	}
	return state
}

func sortedTexts(value any) []string {
	found := []string{}
	for _, each := range list(value) {
		found = append(found, text(each))
	}
	sort.Strings(found)
	return found
}

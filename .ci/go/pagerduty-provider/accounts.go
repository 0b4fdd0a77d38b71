package main

import (
	"fmt"
	"net/url"
	"strings"
)

const managed = "Managed by Terraform"

// known is what is particular about a type; nothing where the stand-in only knows its schema.
func known(kind string) *resource {
	if made, found := resources[kind]; found {
		return made
	}
	return &resource{read: func(*client, object) (object, error) { return nil, errNotFound }}
}

var resources = map[string]*resource{
	"pagerduty_user":                           user(),
	"pagerduty_team":                           team(),
	"pagerduty_team_membership":                membership(),
	"pagerduty_user_contact_method":            contactMethod(),
	"pagerduty_user_notification_rule":         notificationRule(),
	"pagerduty_user_handoff_notification_rule": handoffRule(),
	"pagerduty_schedule":                       schedule(),
	"pagerduty_escalation_policy":              escalationPolicy(),
	"pagerduty_service":                        service(),
	"pagerduty_service_integration":            integration(),
	"pagerduty_alert_grouping_setting":         alertGrouping(),
	"pagerduty_maintenance_window":             maintenanceWindow(),
}

// simple is a type whose objects have a path of their own and come in an envelope.
func simple(path func(object) string, key string, encode func(object) object, decode func(state, found object) object) *resource {
	one := func(state object) string { return path(state) + "/" + text(state["id"]) }
	return &resource{
		create: func(c *client, planned object) (string, error) {
			answer, err := c.post(path(planned), object{key: encode(planned)})
			if err != nil {
				return "", err
			}
			return text(answer[key].(object)["id"]), nil
		},
		update: func(c *client, prior, planned object) error {
			planned["id"] = prior["id"]
			_, err := c.put(one(planned), object{key: encode(planned)})
			return err
		},
		read: func(c *client, state object) (object, error) {
			answer, err := c.get(one(state))
			if err != nil {
				return nil, err
			}
			return decode(state, answer[key].(object)), nil
		},
		remove: func(c *client, state object) error { return c.remove(one(state)) },
	}
}

func fixed(path string) func(object) string { return func(object) string { return path } }

func under(parent, attribute, path string) func(object) string {
	return func(state object) string { return "/" + parent + "/" + text(state[attribute]) + "/" + path }
}

// copied takes values over under the names that both have.
func copied(from object, names ...string) object {
	found := object{}
	for _, name := range names {
		if value := from[name]; value != nil && !isUnknown(value) {
			found[name] = value
		}
	}
	return found
}

func reference(id any, kind string) object { return object{"id": id, "type": kind + "_reference"} }

func references(ids any, kind string) []any {
	found := []any{}
	for _, id := range list(ids) {
		found = append(found, reference(id, kind))
	}
	return found
}

func ids(references any) []any {
	found := []any{}
	for _, each := range objects(references) {
		found = append(found, each["id"])
	}
	return found
}

func some(all []any) any {
	if len(all) == 0 {
		return nil
	}
	return all
}

func user() *resource {
	encode := func(planned object) object {
		body := copied(planned, "name", "email", "role", "time_zone", "job_title", "description", "color")
		body["name"] = strings.TrimSpace(text(body["name"]))
		return body
	}
	decode := func(_, found object) object {
		state := copied(found, "id", "name", "email", "role", "time_zone", "job_title", "description", "color", "html_url", "avatar_url", "invitation_sent")
		state["teams"] = ids(found["teams"])
		return state
	}
	made := simple(fixed("/users"), "user", encode, decode)
	made.defaults = object{"role": "user", "description": managed}
	made.suppress = func(prior, planned object) { keepSame(prior, planned, "email", strings.EqualFold) }
	return made
}

func team() *resource {
	encode := func(planned object) object {
		body := copied(planned, "name", "description", "default_role")
		if parent := text(planned["parent"]); parent != "" {
			body["parent"] = reference(parent, "team")
		}
		return body
	}
	decode := func(state, found object) object {
		fresh := copied(found, "id", "name", "description", "default_role", "html_url")
		fresh["parent"] = state["parent"]
		return fresh
	}
	made := simple(fixed("/teams"), "team", encode, decode)
	made.defaults = object{"description": managed}
	return made
}

func membership() *resource {
	path := func(state object) string {
		return fmt.Sprintf("/teams/%s/users/%s", text(state["team_id"]), text(state["user_id"]))
	}
	id := func(state object) string { return text(state["user_id"]) + ":" + text(state["team_id"]) }
	write := func(c *client, planned object) (string, error) {
		_, err := c.put(path(planned), copied(planned, "role"))
		return id(planned), err
	}
	return &resource{
		defaults: object{"role": "manager"},
		replace:  []string{"user_id", "team_id"},
		create:   write,
		update: func(c *client, _, planned object) error {
			_, err := write(c, planned)
			return err
		},
		read:     readMember,
		remove:   func(c *client, state object) error { return c.remove(path(state)) },
		imported: pair(":", "user_id", "team_id"),
	}
}

func readMember(c *client, state object) (object, error) {
	members, err := c.all("/teams/"+text(state["team_id"])+"/members", "members", url.Values{})
	if err != nil {
		return nil, err
	}
	for _, each := range members {
		if found, _ := each["user"].(object); found["id"] == state["user_id"] {
			fresh := copied(state, "user_id", "team_id")
			fresh["id"] = text(state["user_id"]) + ":" + text(state["team_id"])
			fresh["role"] = each["role"]
			return fresh, nil
		}
	}
	return nil, errNotFound
}

// pair reads the id of an import that is made of two.
func pair(separator, left, right string) func(string) (object, error) {
	return func(id string) (object, error) {
		before, after, found := strings.Cut(id, separator)
		if !found || before == "" || after == "" {
			return nil, fmt.Errorf("id %q must be of the form <%s>%s<%s>", id, left, separator, right)
		}
		return object{left: before, right: after, "id": after}, nil
	}
}

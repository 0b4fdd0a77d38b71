package main

func contactMethod() *resource {
	encode := func(planned object) object {
		body := copied(planned, "type", "label", "address", "country_code", "send_short_email")
		if text(planned["type"]) == "email_contact_method" {
			delete(body, "country_code")
		} else {
			delete(body, "send_short_email")
		}
		return body
	}
	decode := func(state, found object) object {
		fresh := copied(found, "id", "type", "label", "address", "country_code", "send_short_email", "blacklisted", "enabled")
		for name, absent := range (object{"country_code": 0.0, "send_short_email": false, "blacklisted": false, "enabled": false}) {
			if fresh[name] == nil {
				fresh[name] = absent
			}
		}
		fresh["user_id"], fresh["device_type"] = state["user_id"], state["device_type"]
		return fresh
	}
	made := simple(under("users", "user_id", "contact_methods"), "contact_method", encode, decode)
	made.defaults = object{"send_short_email": false}
	made.replace = []string{"user_id", "type"}
	made.imported = pair(":", "user_id", "id")
	return made
}

func notificationRule() *resource {
	encode := func(planned object) object {
		body := copied(planned, "start_delay_in_minutes", "urgency", "contact_method")
		body["type"] = "assignment_notification_rule"
		return body
	}
	decode := func(state, found object) object {
		fresh := copied(found, "id", "start_delay_in_minutes", "urgency")
		method, _ := found["contact_method"].(object)
		fresh["user_id"], fresh["contact_method"] = state["user_id"], copied(method, "id", "type")
		return fresh
	}
	made := simple(under("users", "user_id", "notification_rules"), "notification_rule", encode, decode)
	made.replace = []string{"user_id"}
	made.imported = pair(":", "user_id", "id")
	return made
}

func handoffRule() *resource {
	encode := func(planned object) object {
		body := copied(planned, "notify_advance_in_minutes", "handoff_type")
		body["contact_method"] = copied(first(planned["contact_method"]), "id", "type")
		return body
	}
	decode := func(state, found object) object {
		fresh := copied(found, "id", "notify_advance_in_minutes", "handoff_type")
		method, _ := found["contact_method"].(object)
		fresh["user_id"], fresh["contact_method"] = state["user_id"], []any{copied(method, "id", "type")}
		return fresh
	}
	path := under("users", "user_id", "oncall_handoff_notification_rules")
	made := simple(path, "oncall_handoff_notification_rule", encode, decode)
	made.replace = []string{"user_id"}
	made.imported = pair(".", "user_id", "id")
	return made
}

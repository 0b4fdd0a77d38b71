package main

import (
	"time"
)

func schedule() *resource {
	made := simple(fixed("/schedules"), "schedule", encodeSchedule, decodeSchedule)
	made.defaults = object{"description": managed}
	made.suppress = func(prior, planned object) {
		before := objects(prior["layer"])
		for index, layer := range objects(planned["layer"]) {
			if earlier := at(before, index); earlier != nil {
				keepSame(earlier, layer, "start", sameStart)
				keepSame(earlier, layer, "end", sameInstant)
				keepSame(earlier, layer, "rotation_virtual_start", sameInstant)
			}
		}
		keepFinal(prior, planned)
	}
	made.update = func(c *client, prior, planned object) error {
		planned["id"] = prior["id"]
		body := encodeSchedule(planned)
		body["schedule_layers"] = append(list(body["schedule_layers"]), gone(prior, planned)...)
		_, err := c.put("/schedules/"+text(prior["id"]), object{"schedule": body})
		return err
	}
	return made
}

// keepFinal: what only the service says does not make a plan.
func keepFinal(prior, planned object) { planned["final_schedule"] = prior["final_schedule"] }

// gone are the layers that are no longer wanted: they cannot be removed, so they end now.
func gone(prior, planned object) []any {
	kept := map[any]bool{}
	for _, layer := range objects(planned["layer"]) {
		kept[layer["id"]] = true
	}
	var found []any
	for _, layer := range objects(prior["layer"]) {
		if !kept[layer["id"]] {
			ended := encodeLayer(layer)
			ended["end"] = time.Now().UTC().Format(time.RFC3339)
			found = append(found, ended)
		}
	}
	return found
}

func encodeSchedule(planned object) object {
	body := copied(planned, "name", "description", "time_zone")
	layers := []any{}
	for _, layer := range objects(planned["layer"]) {
		layers = append(layers, encodeLayer(layer))
	}
	body["schedule_layers"] = layers
	body["teams"] = references(planned["teams"], "team")
	return body
}

func encodeLayer(layer object) object {
	body := copied(layer, "id", "name", "rotation_turn_length_seconds")
	for _, name := range []string{"start", "end", "rotation_virtual_start"} {
		body[name] = inUTC(layer[name])
	}
	users, restrictions := []any{}, []any{}
	for _, id := range list(layer["users"]) {
		users = append(users, object{"user": object{"id": id, "type": "user"}})
	}
	for _, each := range objects(layer["restriction"]) {
		body := copied(each, "type", "start_time_of_day", "duration_seconds")
		if number(each["start_day_of_week"]) > 0 {
			body["start_day_of_week"] = each["start_day_of_week"]
		}
		restrictions = append(restrictions, body)
	}
	body["users"], body["restrictions"] = users, restrictions
	return body
}

// inUTC: the service moves times that have an offset. Nothing is null, which takes an end back.
func inUTC(written any) any {
	parsed, err := time.Parse(time.RFC3339, text(written))
	if err != nil {
		return nil
	}
	return parsed.UTC().Format(time.RFC3339)
}

func decodeSchedule(state, found object) object {
	fresh := copied(found, "id", "name", "time_zone", "description")
	fresh["overflow"] = state["overflow"]
	fresh["teams"] = some(ids(found["teams"]))
	fresh["layer"] = decodeLayers(objects(found["schedule_layers"]))
	final, _ := found["final_schedule"].(object)
	fresh["final_schedule"] = []any{object{"name": final["name"], "rendered_coverage_percentage": ""}}
	return fresh
}

// decodeLayers: the service gives the layer that wins first, and those that have ended too.
func decodeLayers(found []object) []any {
	layers := []any{}
	for index := len(found) - 1; index >= 0; index-- {
		if layer := found[index]; !over(layer) {
			layers = append(layers, decodeLayer(layer))
		}
	}
	return layers
}

func over(layer object) bool {
	end, err := time.Parse(time.RFC3339, text(layer["end"]))
	return err == nil && time.Now().After(end)
}

func decodeLayer(found object) object {
	layer := copied(found, "id", "name", "start", "rotation_virtual_start", "rotation_turn_length_seconds", "end")
	users, restrictions := []any{}, []any{}
	for _, each := range objects(found["users"]) {
		users = append(users, each["user"].(object)["id"])
	}
	for _, each := range objects(found["restrictions"]) {
		restrictions = append(restrictions, copied(each, "type", "start_time_of_day", "start_day_of_week", "duration_seconds"))
	}
	layer["users"], layer["restriction"], layer["rendered_coverage_percentage"] = users, restrictions, ""
	return layer
}

package main

import (
	"reflect"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
)

// planned is what a resource shall become: what is configured, the defaults, and what it has been.
func planned(made *resource, schema *tfprotov5.SchemaBlock, config, prior, proposed object) object {
	for name, value := range made.defaults {
		if config[name] == nil {
			proposed[name] = value
		}
	}
	fillUnknown(schema, config, prior, proposed)
	if prior == nil {
		return proposed
	}
	for _, name := range made.computedBlocks {
		if len(list(config[name])) == 0 {
			proposed[name] = prior[name]
		}
	}
	if made.suppress != nil {
		made.suppress(prior, proposed)
	}
	return proposed
}

// fillUnknown marks what only the service can say: everything computed of what is new.
func fillUnknown(schema *tfprotov5.SchemaBlock, config, prior, proposed object) {
	for _, each := range schema.Attributes {
		if each.Computed && config[each.Name] == nil && proposed[each.Name] == nil && prior == nil {
			proposed[each.Name] = unknown{}
		}
	}
	for _, each := range schema.BlockTypes {
		if each.Nesting == tfprotov5.SchemaNestedBlockNestingModeSingle {
			if inner, ok := proposed[each.TypeName].(object); ok {
				before, _ := prior[each.TypeName].(object)
				configured, _ := config[each.TypeName].(object)
				fillUnknown(each.Block, configured, before, inner)
			}
			continue
		}
		configured, before := objects(config[each.TypeName]), objects(prior[each.TypeName])
		for index, inner := range objects(proposed[each.TypeName]) {
			fillUnknown(each.Block, at(configured, index), at(before, index), inner)
		}
	}
}

func at(all []object, index int) object {
	if index < len(all) {
		return all[index]
	}
	return nil
}

// replaced names the attributes whose change needs a new resource.
func replaced(made *resource, prior, planned object) []string {
	var found []string
	for _, name := range made.replace {
		if prior != nil && planned != nil && !reflect.DeepEqual(prior[name], planned[name]) {
			found = append(found, name)
		}
	}
	return found
}

// emptyBlocks gives blocks that are not there the form that the protocol wants: an empty list.
func emptyBlocks(schema *tfprotov5.SchemaBlock, state object) object {
	for _, each := range schema.BlockTypes {
		if each.Nesting == tfprotov5.SchemaNestedBlockNestingModeSingle {
			continue
		}
		if state[each.TypeName] == nil {
			state[each.TypeName] = []any{}
		}
		for _, inner := range objects(state[each.TypeName]) {
			emptyBlocks(each.Block, inner)
		}
	}
	return state
}

// keepSame leaves an attribute as it was where both say the same.
func keepSame(prior, planned object, name string, same func(before, after string) bool) {
	before, after := text(prior[name]), text(planned[name])
	if before != "" && after != "" && same(before, after) {
		planned[name] = prior[name]
	}
}

func sameInstant(before, after string) bool {
	first, errFirst := time.Parse(time.RFC3339, before)
	second, errSecond := time.Parse(time.RFC3339, after)
	return errFirst == nil && errSecond == nil && first.Equal(second)
}

// sameStart: a layer cannot begin in the past, so two starts of the past are the same.
func sameStart(before, after string) bool {
	first, errFirst := time.Parse(time.RFC3339, before)
	second, errSecond := time.Parse(time.RFC3339, after)
	now := time.Now()
	return sameInstant(before, after) || errFirst == nil && errSecond == nil && first.Before(now) && second.Before(now)
}

package main

import (
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// object is a configuration, a plan or a state: nil for null, unknown{} for what is not known yet, string, bool,
// float64, []any and object otherwise.
type object = map[string]any

type unknown struct{}

func isUnknown(value any) bool {
	_, found := value.(unknown)
	return found
}

// fromWire reads a whole value; null is nil.
func fromWire(kind tftypes.Type, sent *tfprotov5.DynamicValue) (object, error) {
	if sent == nil {
		return nil, nil
	}
	value, err := sent.Unmarshal(kind)
	if err != nil || value.IsNull() {
		return nil, err
	}
	whole, _ := plain(value).(object)
	return whole, nil
}

// toWire writes a whole value; nil is null.
func toWire(kind tftypes.Type, whole object) (*tfprotov5.DynamicValue, error) {
	var value any = whole
	if whole == nil {
		value = nil
	}
	sent, err := tfprotov5.NewDynamicValue(kind, typed(kind, value))
	return &sent, err
}

func plain(value tftypes.Value) any {
	if !value.IsKnown() {
		return unknown{}
	}
	if value.IsNull() {
		return nil
	}
	kind := value.Type()
	switch {
	case kind.Is(tftypes.String):
		var found string
		must(value.As(&found))
		return found
	case kind.Is(tftypes.Bool):
		var found bool
		must(value.As(&found))
		return found
	case kind.Is(tftypes.Number):
		var found big.Float
		must(value.As(&found))
		number, _ := found.Float64()
		return number
	case kind.Is(tftypes.Object{}), kind.Is(tftypes.Map{}):
		var found map[string]tftypes.Value
		must(value.As(&found))
		whole := object{}
		for key, each := range found {
			whole[key] = plain(each)
		}
		return whole
	default:
		var found []tftypes.Value
		must(value.As(&found))
		all := make([]any, len(found))
		for index, each := range found {
			all[index] = plain(each)
		}
		return all
	}
}

func typed(kind tftypes.Type, value any) tftypes.Value {
	if isUnknown(value) {
		return tftypes.NewValue(kind, tftypes.UnknownValue)
	}
	if value == nil {
		return tftypes.NewValue(kind, nil)
	}
	switch kind := kind.(type) {
	case tftypes.Object:
		whole, given := map[string]tftypes.Value{}, value.(object)
		for key, inner := range kind.AttributeTypes {
			whole[key] = typed(inner, given[key])
		}
		return tftypes.NewValue(kind, whole)
	case tftypes.List:
		return tftypes.NewValue(kind, typedAll(kind.ElementType, value))
	case tftypes.Set:
		return tftypes.NewValue(kind, typedAll(kind.ElementType, value))
	}
	if kind.Is(tftypes.String) {
		if _, text := value.(string); !text {
			value = fmt.Sprint(value)
		}
	}
	return tftypes.NewValue(kind, value)
}

func typedAll(kind tftypes.Type, value any) []tftypes.Value {
	given := list(value)
	all := make([]tftypes.Value, len(given))
	for index, each := range given {
		all[index] = typed(kind, each)
	}
	return all
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// What is of another type counts as nothing: null and what is not known yet have no content.

func list(value any) []any {
	found, _ := value.([]any)
	return found
}

func objects(value any) []object {
	var found []object
	for _, each := range list(value) {
		if whole, ok := each.(object); ok {
			found = append(found, whole)
		}
	}
	return found
}

func first(value any) object {
	for _, each := range objects(value) {
		return each
	}
	return nil
}

func text(value any) string {
	found, _ := value.(string)
	return found
}

func number(value any) float64 {
	found, _ := value.(float64)
	return found
}

package main

import (
	_ "embed"
	"encoding/json"
	"log"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

//go:embed schema.json
var recordedSchema []byte

//go:embed time-zones.json
var recordedZones []byte

// recorded is an attribute or a block, as it is written down in schema.json.
type recorded struct {
	Is         string              `json:"is"`
	Type       json.RawMessage     `json:"type"`
	Block      string              `json:"block"`
	MinItems   int64               `json:"min_items"`
	MaxItems   int64               `json:"max_items"`
	Deprecated bool                `json:"deprecated"`
	Attributes map[string]recorded `json:"attributes"`
}

type recordedProvider struct {
	Resources   map[string]recorded `json:"resources"`
	DataSources map[string]recorded `json:"data_sources"`
}

func loadSchemas() (resources, dataSources map[string]*tfprotov5.Schema) {
	var all recordedProvider
	if err := json.Unmarshal(recordedSchema, &all); err != nil {
		log.Fatal(err)
	}
	return schemas(all.Resources), schemas(all.DataSources)
}

func loadZones() map[string]bool {
	var all struct {
		Zones []string `json:"zones"`
	}
	if err := json.Unmarshal(recordedZones, &all); err != nil {
		log.Fatal(err)
	}
	known := map[string]bool{}
	for _, zone := range all.Zones {
		known[zone] = true
	}
	return known
}

func schemas(all map[string]recorded) map[string]*tfprotov5.Schema {
	made := map[string]*tfprotov5.Schema{}
	for name, each := range all {
		made[name] = &tfprotov5.Schema{Block: schemaBlock(each)}
	}
	return made
}

func schemaBlock(from recorded) *tfprotov5.SchemaBlock {
	block := &tfprotov5.SchemaBlock{Deprecated: from.Deprecated}
	for _, name := range sortedKeys(from.Attributes) {
		each := from.Attributes[name]
		if each.Block != "" {
			block.BlockTypes = append(block.BlockTypes, nestedBlock(name, each))
			continue
		}
		block.Attributes = append(block.Attributes, &tfprotov5.SchemaAttribute{
			Name:       name,
			Type:       attributeType(each.Type),
			Required:   each.Is == "required",
			Optional:   each.Is == "optional" || each.Is == "optional+computed",
			Computed:   each.Is == "computed" || each.Is == "optional+computed",
			Deprecated: each.Deprecated,
		})
	}
	return block
}

func nestedBlock(name string, from recorded) *tfprotov5.SchemaNestedBlock {
	nesting := map[string]tfprotov5.SchemaNestedBlockNestingMode{
		"single": tfprotov5.SchemaNestedBlockNestingModeSingle,
		"list":   tfprotov5.SchemaNestedBlockNestingModeList,
		"set":    tfprotov5.SchemaNestedBlockNestingModeSet,
	}
	return &tfprotov5.SchemaNestedBlock{
		TypeName: name, Block: schemaBlock(from), Nesting: nesting[from.Block], MinItems: from.MinItems, MaxItems: from.MaxItems,
	}
}

// attributeType reads "string", ["list", "string"] and ["list", ["object", {…}]].
func attributeType(raw json.RawMessage) tftypes.Type {
	kind, err := tftypes.ParseJSONType(raw) //nolint:staticcheck // there is no other reader of this form
	if err != nil {
		log.Fatal(err)
	}
	return kind
}

// providerSchema is the provider's own configuration, which schema.json does not have.
func providerSchema() *tfprotov5.Schema {
	attribute := func(name string, kind tftypes.Type, sensitive bool) *tfprotov5.SchemaAttribute {
		return &tfprotov5.SchemaAttribute{Name: name, Type: kind, Optional: true, Sensitive: sensitive}
	}
	return &tfprotov5.Schema{Block: &tfprotov5.SchemaBlock{Attributes: []*tfprotov5.SchemaAttribute{
		attribute("api_url_override", tftypes.String, false),
		attribute("insecure_tls", tftypes.Bool, false),
		attribute("service_region", tftypes.String, false),
		attribute("skip_credentials_validation", tftypes.Bool, false),
		attribute("token", tftypes.String, true),
		attribute("user_token", tftypes.String, true),
	}}}
}

func sortedKeys[V any](from map[string]V) []string {
	keys := make([]string, 0, len(from))
	for key := range from {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

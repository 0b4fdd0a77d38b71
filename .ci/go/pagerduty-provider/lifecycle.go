package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// resource is what is particular about one type.
type resource struct {
	defaults       object
	replace        []string
	computedBlocks []string
	// suppress takes differences back that are none.
	suppress func(prior, planned object)
	create   func(c *client, planned object) (id string, err error)
	update   func(c *client, prior, planned object) error
	// read fills a state that has the id, and whatever else the id of an import says.
	read     func(c *client, state object) (object, error)
	remove   func(c *client, state object) error
	imported func(id string) (object, error)
}

func (s *server) PlanResourceChange(_ context.Context, request *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	schema := s.resources[request.TypeName]
	prior, errPrior := fromWire(schema.ValueType(), request.PriorState)
	proposed, errProposed := fromWire(schema.ValueType(), request.ProposedNewState)
	config, errConfig := fromWire(schema.ValueType(), request.Config)
	if err := errors.Join(errPrior, errProposed, errConfig); err != nil {
		return &tfprotov5.PlanResourceChangeResponse{Diagnostics: diagnostics(err)}, nil
	}
	// The provider is made with the older kit, whose defaults core would not take otherwise.
	answer := &tfprotov5.PlanResourceChangeResponse{UnsafeToUseLegacyTypeSystem: true, PlannedPrivate: request.PriorPrivate}
	made := known(request.TypeName)
	if proposed != nil {
		proposed = planned(made, schema.Block, config, prior, proposed)
	}
	for _, name := range replaced(made, prior, proposed) {
		answer.RequiresReplace = append(answer.RequiresReplace, tftypes.NewAttributePath().WithAttributeName(name))
	}
	state, err := toWire(schema.ValueType(), proposed)
	answer.PlannedState, answer.Diagnostics = state, diagnostics(err)
	return answer, nil
}

func (s *server) ApplyResourceChange(_ context.Context, request *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	kind := s.resources[request.TypeName].ValueType()
	answer := &tfprotov5.ApplyResourceChangeResponse{UnsafeToUseLegacyTypeSystem: true, Private: request.PlannedPrivate}
	prior, errPrior := fromWire(kind, request.PriorState)
	wanted, errWanted := fromWire(kind, request.PlannedState)
	state, err := prior, errors.Join(errPrior, errWanted)
	if err == nil {
		state, err = s.apply(request.TypeName, prior, wanted)
	}
	sent, errSent := toWire(kind, state)
	answer.NewState, answer.Diagnostics = sent, diagnostics(errors.Join(err, errSent))
	return answer, nil
}

// apply gives the state as it is afterwards, also where something failed.
func (s *server) apply(kind string, prior, wanted object) (object, error) {
	made := known(kind)
	if made.create == nil {
		return prior, fmt.Errorf("%s: this stand-in validates and plans it only", kind)
	}
	switch {
	case wanted == nil:
		if err := made.remove(s.client, prior); err != nil && !errors.Is(err, errNotFound) {
			return prior, err
		}
		return nil, nil
	case prior == nil:
		id, err := made.create(s.client, wanted)
		if err != nil {
			return nil, err
		}
		wanted["id"] = id
	default:
		if err := made.update(s.client, prior, wanted); err != nil {
			return prior, err
		}
	}
	return s.readBack(kind, wanted)
}

func (s *server) readBack(kind string, state object) (object, error) {
	found, err := known(kind).read(s.client, state)
	if err != nil {
		return nil, err
	}
	return emptyBlocks(s.resources[kind].Block, found), nil
}

func (s *server) ReadResource(_ context.Context, request *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	kind := s.resources[request.TypeName].ValueType()
	state, err := fromWire(kind, request.CurrentState)
	if err == nil && state != nil {
		state, err = s.readBack(request.TypeName, state)
	}
	if errors.Is(err, errNotFound) {
		// Somebody deleted it: the next plan makes it again.
		state, err = nil, nil
	}
	if err != nil {
		return &tfprotov5.ReadResourceResponse{Diagnostics: diagnostics(err)}, nil
	}
	sent, err := toWire(kind, state)
	return &tfprotov5.ReadResourceResponse{NewState: sent, Private: request.Private, Diagnostics: diagnostics(err)}, nil
}

func (s *server) ImportResourceState(_ context.Context, request *tfprotov5.ImportResourceStateRequest) (*tfprotov5.ImportResourceStateResponse, error) {
	state, err := s.importState(request.TypeName, request.ID)
	if err != nil {
		return &tfprotov5.ImportResourceStateResponse{Diagnostics: diagnostics(err)}, nil
	}
	sent, err := toWire(s.resources[request.TypeName].ValueType(), state)
	found := []*tfprotov5.ImportedResource{{TypeName: request.TypeName, State: sent}}
	return &tfprotov5.ImportResourceStateResponse{ImportedResources: found, Diagnostics: diagnostics(err)}, nil
}

func (s *server) importState(kind, id string) (object, error) {
	made := known(kind)
	if made.create == nil {
		return nil, fmt.Errorf("%s: this stand-in cannot import it", kind)
	}
	state := object{"id": id}
	if made.imported != nil {
		parsed, err := made.imported(id)
		if err != nil {
			return nil, err
		}
		state = parsed
	}
	found, err := s.readBack(kind, state)
	if errors.Is(err, errNotFound) {
		return nil, fmt.Errorf("cannot import non-existent remote object: %s %q", kind, id)
	}
	return found, err
}

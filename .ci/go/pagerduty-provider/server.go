package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server answers Terraform. What the embedded interface has and this does not is never asked for.
type server struct {
	tfprotov5.ProviderServer
	resources, dataSources map[string]*tfprotov5.Schema
	client                 *client
}

func newServer() *server {
	resources, dataSources := loadSchemas()
	return &server{resources: resources, dataSources: dataSources}
}

func (s *server) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return &tfprotov5.GetProviderSchemaResponse{
		ServerCapabilities: &tfprotov5.ServerCapabilities{},
		Provider:           providerSchema(),
		ResourceSchemas:    s.resources,
		DataSourceSchemas:  s.dataSources,
	}, nil
}

func (s *server) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	found := &tfprotov5.GetMetadataResponse{ServerCapabilities: &tfprotov5.ServerCapabilities{}}
	for _, name := range sortedKeys(s.resources) {
		found.Resources = append(found.Resources, tfprotov5.ResourceMetadata{TypeName: name})
	}
	for _, name := range sortedKeys(s.dataSources) {
		found.DataSources = append(found.DataSources, tfprotov5.DataSourceMetadata{TypeName: name})
	}
	return found, nil
}

func (s *server) GetResourceIdentitySchemas(context.Context, *tfprotov5.GetResourceIdentitySchemasRequest) (*tfprotov5.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov5.GetResourceIdentitySchemasResponse{}, nil
}

func (s *server) PrepareProviderConfig(_ context.Context, request *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (s *server) ConfigureProvider(_ context.Context, request *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	config, err := fromWire(providerSchema().ValueType(), request.Config)
	if err == nil {
		err = s.configure(config)
	}
	return &tfprotov5.ConfigureProviderResponse{Diagnostics: diagnostics(err)}, nil
}

func (s *server) configure(config object) error {
	token := text(config["token"])
	if token == "" {
		token = os.Getenv("PAGERDUTY_TOKEN")
	}
	if token == "" {
		return errors.New("no token: set PAGERDUTY_TOKEN")
	}
	base := text(config["api_url_override"])
	if base == "" {
		return errors.New("this stand-in talks to nothing but what api_url_override says")
	}
	s.client = newClient(base, token)
	if skip, _ := config["skip_credentials_validation"].(bool); skip {
		return nil
	}
	_, err := s.client.get("/abilities")
	return err
}

func (s *server) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (s *server) ValidateResourceTypeConfig(_ context.Context, request *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	answer := &tfprotov5.ValidateResourceTypeConfigResponse{}
	config, err := fromWire(s.resources[request.TypeName].ValueType(), request.Config)
	if err != nil {
		answer.Diagnostics = diagnostics(err)
		return answer, nil
	}
	for _, each := range invalid(request.TypeName, config) {
		answer.Diagnostics = append(answer.Diagnostics, diagnostics(each)...)
	}
	return answer, nil
}

func (s *server) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func (s *server) UpgradeResourceState(_ context.Context, request *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	kind := s.resources[request.TypeName].ValueType()
	value, err := request.RawState.Unmarshal(kind)
	if err != nil {
		return &tfprotov5.UpgradeResourceStateResponse{Diagnostics: diagnostics(err)}, nil
	}
	state, err := tfprotov5.NewDynamicValue(kind, value)
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: &state, Diagnostics: diagnostics(err)}, nil
}

func (s *server) ReadDataSource(_ context.Context, request *tfprotov5.ReadDataSourceRequest) (*tfprotov5.ReadDataSourceResponse, error) {
	kind := s.dataSources[request.TypeName].ValueType()
	config, err := fromWire(kind, request.Config)
	if err != nil {
		return &tfprotov5.ReadDataSourceResponse{Diagnostics: diagnostics(err)}, nil
	}
	found, err := lookUp(s.client, request.TypeName, config)
	if err != nil {
		return &tfprotov5.ReadDataSourceResponse{Diagnostics: diagnostics(err)}, nil
	}
	state, err := toWire(kind, found)
	return &tfprotov5.ReadDataSourceResponse{State: state, Diagnostics: diagnostics(err)}, nil
}

func diagnostics(err error) []*tfprotov5.Diagnostic {
	if err == nil {
		return nil
	}
	found := &tfprotov5.Diagnostic{Severity: tfprotov5.DiagnosticSeverityError, Summary: err.Error()}
	var placed *atAttribute
	if errors.As(err, &placed) {
		found.Attribute = tftypes.NewAttributePath().WithAttributeName(placed.name)
	}
	return []*tfprotov5.Diagnostic{found}
}

// atAttribute is an error that belongs to an attribute.
type atAttribute struct{ name, message string }

func (e *atAttribute) Error() string { return fmt.Sprintf("%s: %s", e.name, e.message) }

// A stand-in for the PagerDuty provider: see README.md.
package main

import (
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
)

func main() {
	provider := newServer()
	factory := func() tfprotov5.ProviderServer { return provider }
	if err := tf5server.Serve("PagerDuty/pagerduty", factory); err != nil {
		log.Fatal(err)
	}
}

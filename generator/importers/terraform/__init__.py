"""Reading Terraform's files: blocks with their places, and what their expressions mean where that can be known."""

from generator.importers.terraform.blocks import Attribute, Block, File, read_hcl
from generator.importers.terraform.functions import Reference, Unknown, Value
from generator.importers.terraform.values import Scope

__all__ = ["Attribute", "Block", "File", "Reference", "Scope", "Unknown", "Value", "read_hcl"]

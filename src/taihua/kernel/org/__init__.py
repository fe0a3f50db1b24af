"""单位·人员·职务·任期: who is who, on any given day."""

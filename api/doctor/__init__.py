"""What `coopgraph doctor` looks at: one function a subject, each giving findings that say how to mend."""

"""A soak under faults: processes are killed, disks fill, files rot, clocks jump, two write at once."""

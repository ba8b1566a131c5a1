"""The impact report: one HTML file on one study, in the order of a fundamental-rights impact assessment."""

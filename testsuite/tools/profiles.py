#!/usr/bin/env -S python3 -B
"""profiles.py - does tools/profiles notice what it is there for? Breaks a copy of the sources in one
place at a time. One line a case: "ok NAME", or "not ok NAME" with the reason."""
import breaks

# name, file, what stands there, what is put there, what has to be said
BREAKS = [
    ("row-not-monotone", "spec/features.tsv", "\t-\tno\tno\t", "\t-\tno\tyes\t", "in 1.0-pre but not in p3"),
    ("row-cut-short", "spec/features.tsv", "\t0.3.1\tyes\tyes\t", "\t0.3.1\tyes\t", "columns"),
    ("row-twice", "spec/features.tsv", "\nmap\t", "\nasync\t", "one twice"),
    ("branch-in-link", "src/link/canon.c", "#include", '#include "component/features.h"\n#include',
     "link/canon.c:2: sees features"),
    ("branch-in-cabi", "src/cabi/storing.c", "#include", '#include "component/features.h"\n#include',
     "sees features"),
    ("branch-by-extern", "src/link/canon.c", "\n\n", "\nstruct features features_of(int profile);\n\n",
     "without their header"),
    ("asks-elsewhere", "src/script/unit.c", "\n{\n", "\n{\n\tif (f.on >> 3 & 1)\n\t\treturn;\n",
     "asks for a feature"),
    ("named-elsewhere", "src/component/valid.c", "\n{\n", "\n{\n\tint x = FEATURE_MAP;\n", "asks for a feature"),
    ("branch-in-validation", "src/component/valid.c", "\n{\n",
     "\n{\n\tif (features->profile == PROFILE_P3)\n\t\treturn;\n", "looks at the profile"),
    ("asks-for-a-report", "src/component/valid.c", "\n{\n",
     "\n{\n\tif (features_missing(*features, c))\n\t\treturn;\n", "asks for features"),
    ("catches-the-answer", "src/script/unit.c", "\n{\n", "\n{\n\tfeatures_check(f, c);\n",
     "calls features_check"),
    ("looks-at-marks", "src/cabi/storing.c", "\n{\n", "\n{\n\tif (marks_forbidden)\n\t\treturn;\n",
     "looks at marks"),
    ("gives-an-answer", "src/component/features.h", "void features_check(", "bool features_check(",
     "has to be"),
    ("changes-the-component", "src/component/features.c", "\tcheck_nesting(f, n);",
     "\tn->attrs = none;\n\tcheck_nesting(f, n);", "may only refuse"),
    ("casts", "src/component/features.c", "\tcheck_nesting(f, n);",
     "\tcheck_nesting(f, (struct comp_name *)n);", "casts away"),
]


breaks.check("profiles", ("src", "spec", "tools"), BREAKS)

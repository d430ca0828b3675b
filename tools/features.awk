# features.awk - turns spec/features.tsv into rows FEATURE(...) for C, see component/features.h.
# Refuses a table that is not whole, and one in which 1.0-pre has what p3 has not.
function bad(what) {
	print FILENAME ":" FNR ": " what > "/dev/stderr"
	failed = 1
	exit 1
}
function yes(column) {
	if ($column != "yes" && $column != "no")
		bad("`" $column "` is neither yes nor no")
	return $column == "yes" ? "true" : "false"
}
BEGIN { FS = "\t" }
NF != 8 { bad("a row has 8 columns, not " NF) }
FNR == 1 { next }
{
	if ($1 !~ /^[a-z0-9]+(-[a-z0-9]+)*$/ || seen[$1]++)
		bad("`" $1 "` is no name of a feature, or one twice")
	p3 = yes(5)
	pre = yes(6)
	if (pre == "true" && p3 == "false")
		bad("`" $1 "` is in 1.0-pre but not in p3")
	id = toupper($1)
	gsub(/-/, "_", id)
	row = "FEATURE(" id
	for (i = 1; i <= 4; i++)
		row = row ", \"" $i "\""
	row = row ", " p3 ", " pre
	for (i = 7; i <= 8; i++) {
		gsub(/"/, "\\\"", $i)
		row = row ", \"" $i "\""
	}
	print row ")"
}
END { if (!failed) print "#undef FEATURE" }

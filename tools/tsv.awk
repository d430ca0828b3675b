# tsv.awk - turns a table of spec/ into rows of C initialisers: every cell a string, numbers bare.
# The header line and lines that start with # are left out.
BEGIN { FS = "\t" }
FNR == 1 || /^#/ || NF == 0 { next }
{
	row = ""
	for (i = 1; i <= NF; i++) {
		cell = $i
		if (cell !~ /^[0-9]+$/) {
			gsub(/\\/, "\\\\", cell)
			gsub(/"/, "\\\"", cell)
			cell = "\"" cell "\""
		}
		row = row (i > 1 ? ", " : "") cell
	}
	print "{" row "},"
}

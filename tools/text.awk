# text.awk - turns a text into one C string literal, line by line.
{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\"")
	print "\"" $0 "\\n\""
}

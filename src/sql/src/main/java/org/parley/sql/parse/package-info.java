/**
 * From text to the syntax tree: {@link org.parley.sql.parse.Batches} cuts a script at GO, {@link org.parley.sql.parse.BatchParser}
 * reads a batch. The grammar is ANTLR's, in {@code StatementLexer.g4} and {@code StatementParser.g4}; builders make the syntax tree of
 * its parse trees, one for each kind of statement. Nothing an input can say makes it fail but with a
 * {@link org.parley.sql.parse.SyntaxError}.
 */
package org.parley.sql.parse;

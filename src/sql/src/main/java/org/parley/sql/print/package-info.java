/** From the syntax tree to text that parses to the same tree. */
package org.parley.sql.print;

/** Types, values, conversions, operators and functions of Transact-SQL; nothing here knows a table or a conversation. */
package org.parley.sql.value;

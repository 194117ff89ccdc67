/**
 * What goes to tables: the user's own, table variables, queues and the views of the system. Statements are translated into the
 * store's language and run on the connection's {@code sql()}; {@link org.parley.sql.table.DataRunner} is the door.
 */
package org.parley.sql.table;

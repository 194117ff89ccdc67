/**
 * The storage on Derby: the only package that knows it. SQL stands beside the code that binds it; the schema is in
 * numbered scripts.
 *
 * <p>Global transactions are begun, prepared and committed on Derby's own connection objects, not through its XA data
 * source: a connection then needs no wrapper, keeps its prepared statements, and serves local and global transactions in
 * turn. The public XA resource is used for transactions that an earlier process has left in doubt.
 */
package org.parley.engine.store.derby;

/**
 * A disk that forgets: a storage factory for Derby that keeps apart what was written since the last sync, and fails on
 * purpose; and a harness that cuts the power of a whole server again and again.
 *
 * <p>The one place besides the engine's own store that knows Derby: what becomes of unsynced writes can't be watched from
 * anywhere else. Its storage interface is used, whether it runs already, and its driver to compare tables with their
 * indexes afterwards; decision 0070.
 */
package org.parley.testkit.storage;

/** The interactive session: lines are edited and completed here, and go out as batches. Knows nothing of homes and options. */
package org.parley.cli.shell;

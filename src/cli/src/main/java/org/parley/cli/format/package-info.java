/** What rows look like: a table for people, CSV and JSON for programs. Knows nothing of where rows come from. */
package org.parley.cli.format;

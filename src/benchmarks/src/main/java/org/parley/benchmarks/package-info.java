/**
 * Measurements, and comparisons side by side: each {@link org.parley.benchmarks.Line} of the table is measured within one
 * run, contenders in turn, so that a machine's moods meet all of them. Never deployed.
 */
package org.parley.benchmarks;

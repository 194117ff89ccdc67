/**
 * The {@code parley} command: each subcommand is a class that opens the home, asks the API and writes what it gives to a
 * {@link org.parley.cli.Console}. What rows look like is {@code format}'s matter, the interactive session {@code shell}'s, and
 * what a planned dialog lacks {@code diagnose}'s.
 */
package org.parley.cli;

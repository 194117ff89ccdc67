/** Kills of a whole server that has two resources and message-driven beans, and what is there when it has come again. */
package org.parley.tests.crash;

/** Gives connections to applications, through the connection pools of the application server. */
package org.parley.ra.outbound;

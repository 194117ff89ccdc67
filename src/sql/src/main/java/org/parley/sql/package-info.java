/** The statement language: what runs a script, and the errors it reports; its parts have packages of their own. */
package org.parley.sql;

/** Defects that tests plant, to see that they are found. No code but that of tests plants any. */
package org.parley.engine.fault;

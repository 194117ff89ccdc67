/** Defects that tests plant and places where they let something fail. No code but that of tests does either. */
package org.parley.engine.fault;

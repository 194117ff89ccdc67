package org.parley;

/**
 * A permission that was granted or denied.
 *
 * @param principal name of a user or role
 * @param permission what it may do, or may not
 * @param on the object
 * @param granted true for GRANT, false for DENY
 */
public record PermissionDefinition(String principal, Permission permission, Securable on, boolean granted) {}

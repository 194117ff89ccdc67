package org.parley;

/**
 * A remote service binding: whose certificate proves the identity of a service elsewhere; service-broker.md, section 1.8.
 *
 * @param name 1 to 128 characters
 * @param toService service it is for, 1 to 256 characters compared byte by byte; one binding each
 * @param user user of this database who owns the certificate
 * @param anonymous whether this side stays without identity there
 */
public record RemoteServiceBindingDefinition(String name, String toService, String user, boolean anonymous) {}

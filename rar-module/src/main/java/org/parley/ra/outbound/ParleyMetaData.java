package org.parley.ra.outbound;

import jakarta.resource.spi.ManagedConnectionMetaData;

/** What a container's console shows of a managed connection. */
final class ParleyMetaData implements ManagedConnectionMetaData {

    private final String user;

    ParleyMetaData(String user) {
        this.user = user;
    }

    @Override
    public String getEISProductName() {
        return "Parley";
    }

    @Override
    public String getEISProductVersion() {
        String version = ParleyMetaData.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    @Override
    public int getMaxConnections() {
        return 0;
    }

    @Override
    public String getUserName() {
        return user;
    }
}

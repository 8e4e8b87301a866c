// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dragoman.model.CurrentTenant;

/** {@code %tenant} of a line of the log: whose it is, in brackets; nothing where there are no tenants. */
public final class TenantWord extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        String tenant = CurrentTenant.name();
        return tenant.isEmpty() ? "" : "[" + tenant + "] ";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dragoman.model.CurrentTenant;
import java.nio.charset.StandardCharsets;

/** A line of the log as JSON, with the field {@code tenant} where it is a tenant's. */
public final class TenantJson extends JsonEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
        byte[] line = super.encode(event);
        String tenant = CurrentTenant.name();
        if (tenant.isEmpty()) {
            return line;
        }
        String text = new String(line, StandardCharsets.UTF_8);
        int end = text.lastIndexOf('}');
        // a tenant's name has letters, digits and hyphens alone
        return (text.substring(0, end) + ",\"tenant\":\"" + tenant + "\"" + text.substring(end))
                .getBytes(StandardCharsets.UTF_8);
    }
}

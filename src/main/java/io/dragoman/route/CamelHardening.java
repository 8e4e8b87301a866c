// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.dataformat.mime.multipart.MimeMultipartDataFormat;
import org.apache.camel.http.common.HttpCommonEndpoint;
import org.apache.camel.spi.DataFormatFactory;
import org.apache.camel.support.PluginHelper;

/**
 * Closes what advisories on this version of Camel leave open, in every route and so in the operators' own: the table
 * in docs/security.md.
 */
public final class CamelHardening {
    /** Camel's HTTP producers take the address from these, and read placeholders in it (CVE-2026-78164). */
    private static final Set<String> ADDRESSES = Set.of(Exchange.HTTP_URI, Exchange.REST_HTTP_URI);

    private CamelHardening() {}

    /** To be called before any route is added. */
    public static void apply(CamelContext camel) {
        camel.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> harden(camel, uri, endpoint));
        DataFormatFactory mime = PlainMimeMultipart::new;
        camel.getRegistry().bind("mimeMultipart-dataformat-factory", DataFormatFactory.class, mime);
    }

    private static Endpoint harden(CamelContext camel, String uri, Endpoint endpoint) {
        if (uri.startsWith("rest:")) {
            throw new IllegalArgumentException("rest: is switched off, because it hands its address to the HTTP client"
                    + " in a message header; use http: or https: with that address");
        }
        Processor before = exchange -> forgetAddresses(exchange.getMessage());
        return endpoint instanceof HttpCommonEndpoint
                ? PluginHelper.getInterceptEndpointFactory(camel)
                        .createInterceptSendToEndpoint(camel, endpoint, false, null, before, null)
                : endpoint;
    }

    private static void forgetAddresses(Message message) {
        ADDRESSES.forEach(message::removeHeader);
    }

    /** Makes no message headers of the headers of a mail (CVE-2026-85314). */
    private static final class PlainMimeMultipart extends MimeMultipartDataFormat {
        @Override
        public void setHeadersInline(boolean headersInline) {
            if (headersInline) {
                throw new IllegalArgumentException("mimeMultipart is refused with headersInline, because whoever wrote"
                        + " the mail would set headers that steer the route; leave headersInline out");
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import java.util.Map;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** {@code dragoman-poll:<channel or desk>}: what a polling connector takes, batch by batch. */
@Component("dragoman-poll")
public final class PollComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new PollEndpoint(uri, this, RouteServices.of(getCamelContext()), remaining);
    }

    /** What is taken from one account. */
    @UriEndpoint(
            firstVersion = "1.0.0",
            scheme = "dragoman-poll",
            title = "Dragoman poll",
            syntax = "dragoman-poll:account",
            consumerOnly = true,
            category = Category.CHAT)
    private static final class PollEndpoint extends SourceEndpoint {
        private final RouteServices services;

        @UriPath(description = "The id of the channel or desk.")
        @Metadata(required = true)
        private final String account;

        PollEndpoint(String uri, PollComponent component, RouteServices services, String account) {
            super(uri, component);
            this.services = services;
            this.account = account;
            services.account(account);
        }

        @Override
        Consumer source(Processor processor) {
            return new PollConsumer(this, processor, services.account(account), services);
        }
    }
}

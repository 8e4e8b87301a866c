// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;

/** What is posted for one channel or desk. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "dragoman-webhook",
        title = "Dragoman webhook",
        syntax = "dragoman-webhook:account",
        consumerOnly = true,
        category = Category.CHAT)
public final class WebhookEndpoint extends SourceEndpoint {
    private final WebhookComponent component;
    private final RouteServices services;

    @UriPath(description = "The id of the channel or desk.")
    @Metadata(required = true)
    private final String account;

    @UriParam(defaultValue = "65536", description = "Bodies above so many bytes are worked on outside the event loops.")
    private int largeBody;

    WebhookEndpoint(String uri, WebhookComponent component, RouteServices services, String account) {
        super(uri, component);
        this.component = component;
        this.services = services;
        this.account = account;
        services.account(account);
    }

    @Override
    Consumer source(Processor processor) {
        return new WebhookConsumer(this, processor, services.account(account), services, component::pool);
    }

    public int getLargeBody() {
        return largeBody;
    }

    public void setLargeBody(int largeBody) {
        this.largeBody = largeBody;
    }
}

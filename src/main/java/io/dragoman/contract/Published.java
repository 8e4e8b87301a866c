// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** The body of a request that was made for Java's client and never sent. */
final class Published implements Flow.Subscriber<ByteBuffer> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Published() {}

    /** Of a request whose body is in memory; empty where there is none. */
    static byte[] bytes(HttpRequest request) {
        Published published = new Published();
        request.bodyPublisher().ifPresent(publisher -> publisher.subscribe(published));
        return published.bytes.toByteArray();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        bytes.writeBytes(copy);
    }

    @Override
    public void onError(Throwable thrown) {
        throw new IllegalStateException("a body in memory cannot fail", thrown);
    }

    @Override
    public void onComplete() {
        // it is whole
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.store.blob.MediaStore;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends stored bytes as the body of a response: a file as it is, an object piece by piece as the other side takes it. */
public final class MediaBody {
    private static final int PIECE = 64 * 1024;
    private static final long PIECE_SECONDS = 30;
    /** Slow readers hold no more threads than these. */
    private static final int THREADS = 16;

    private MediaBody() {}

    /** To be called on an event loop; the headers are set. */
    public static void send(MediaStore media, String sha256, MediaStore.Content content, HttpServerResponse response) {
        if (content.file() != null) {
            response.sendFile(content.file().toString()).onFailure(failure -> response.reset());
            return;
        }
        response.putHeader("Content-Length", String.valueOf(content.size()));
        WorkerExecutor threads = Vertx.currentContext().owner().createSharedWorkerExecutor("dragoman-media", THREADS);
        threads.executeBlocking(() -> pump(media, sha256, response), false)
                .onFailure(failure -> response.reset())
                .onComplete(ended -> threads.close()); // our hold of them: others may have theirs
    }

    private static boolean pump(MediaStore media, String sha256, HttpServerResponse response)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        byte[] piece = new byte[PIECE];
        try (InputStream in = media.open(sha256)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                response.write(Buffer.buffer(PIECE).appendBytes(piece, 0, read))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(PIECE_SECONDS, TimeUnit.SECONDS);
            }
        }
        response.end();
        return true;
    }
}

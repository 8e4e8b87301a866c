// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store.blob;

import io.dragoman.connector.RefreshToken;
import io.dragoman.connector.RefreshTokens;
import io.dragoman.connector.Secret;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens in {@code logins/} of the data folder, a file an account, readable by the gateway's user alone. A file
 * is whole at any time: what is new is written beside it, forced to disk and moved over it. Processes that share the
 * folder, such as the gateway and {@code ./dragoman login}, write one after the other. Thread-safe.
 */
public final class RefreshTokenFiles implements RefreshTokens {
    /** One process may not take the lock of a file twice, so its threads queue here. */
    private static final Object ONE_AT_A_TIME = new Object();

    private static final Set<StandardOpenOption> ANEW =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private final Path folder;

    /** @param data the data folder */
    public RefreshTokenFiles(Path data) {
        this.folder = data.resolve("logins");
    }

    /** What a file holds. */
    private record Stored(
            String clientId,
            String refreshToken,
            Instant loggedInAt,
            Instant renewedAt,
            @Nullable Instant endsAt) {
        static Stored of(RefreshToken token) {
            return new Stored(
                    token.clientId(), token.value().value(), token.loggedInAt(), token.renewedAt(), token.endsAt());
        }

        RefreshToken token() {
            return new RefreshToken(clientId, new Secret(refreshToken), loggedInAt, renewedAt, endsAt);
        }

        @Override
        public String toString() {
            return "Stored[…]";
        }
    }

    @Override
    public Optional<RefreshToken> find(String account) throws IOException {
        byte[] json;
        try {
            json = Files.readAllBytes(file(account));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(json, Stored.class).token());
        } catch (IOException | RuntimeException e) { // whose text may show the token
            throw new IOException("the login in " + file(account) + " does not read; log in again");
        }
    }

    @Override
    public void login(String account, RefreshToken token) throws IOException {
        locked(() -> write(account, token));
    }

    @Override
    public void renew(String account, RefreshToken used, RefreshToken next) throws IOException {
        locked(() -> {
            if (find(account).filter(used::equals).isPresent()) {
                write(account, next);
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private void locked(Work work) throws IOException {
        OwnerOnly.folder(folder);
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel channel = FileChannel.open(
                    folder.resolve(".lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    OwnerOnly.permissions(folder))) {
                channel.lock(); // until the channel closes
                work.run();
            }
        }
    }

    private void write(String account, RefreshToken token) throws IOException {
        Path file = file(account);
        Path next = folder.resolve(account + ".new");
        try (FileChannel out = FileChannel.open(next, ANEW, OwnerOnly.permissions(next))) {
            for (ByteBuffer rest = ByteBuffer.wrap(Json.bytes(Stored.of(token))); rest.hasRemaining(); ) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        MediaFiles.sync(folder);
    }

    private Path file(String account) {
        return folder.resolve(account + ".json");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.config.S3Settings;
import io.dragoman.config.StoreSettings;
import io.dragoman.connector.Secret;
import io.dragoman.http.s3.S3Bucket;
import io.dragoman.http.s3.S3Media;
import io.dragoman.store.StoreException;
import io.dragoman.store.blob.MediaFiles;
import io.dragoman.store.blob.MediaStore;
import java.nio.file.Path;
import java.time.Clock;

/** Where the media of an installation is: the folder {@code media} of its data, or its bucket. */
public final class MediaPlace {
    private MediaPlace() {}

    /**
     * For a gateway that starts.
     *
     * @param owner names this process among those that share a bucket
     * @throws StoreException.Unusable when the bucket refuses it, with what to do
     */
    static MediaStore open(StoreSettings store, String owner, Clock clock) {
        Path folder = store.data().resolve("media");
        if (store.s3().isEmpty()) {
            return new MediaFiles(folder);
        }
        S3Media media = new S3Media(bucket(store.s3().get(), clock), folder.resolve("unfinished"));
        try {
            media.check(owner);
            return media;
        } catch (StoreException.Unusable e) {
            media.close();
            throw e;
        }
    }

    /** To read what a gateway keeps that may be running: creates nothing, and asks for nothing before it is asked. */
    public static MediaStore readOnly(StoreSettings store, Clock clock) {
        Path folder = store.data().resolve("media");
        return store.s3()
                .<MediaStore>map(to -> new S3Media(bucket(to, clock), folder.resolve("unfinished")))
                .orElseGet(() -> MediaFiles.readOnly(folder));
    }

    private static S3Bucket bucket(S3Settings s3, Clock clock) {
        Secret secret = s3.secretKey();
        return new S3Bucket(s3.endpoint(), s3.bucket(), s3.prefix(), s3.region(), s3.accessKey(), secret, clock);
    }
}

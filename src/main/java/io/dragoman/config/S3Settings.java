// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The bucket that media is kept in: {@code store.s3} of {@code gateway.yaml}.
 *
 * @param prefix what the keys of all objects begin with; empty for nothing
 */
public record S3Settings(
        URI endpoint, String bucket, String prefix, String region, String accessKey, Secret secretKey) {
    private static final Setting<URI> ENDPOINT = Setting.url(
                    "store.s3.endpoint",
                    "Address of an S3-compatible object store in which media and large bodies are kept instead of the"
                            + " data folder, such as https://s3.eu-central-1.amazonaws.com or http://minio:9000.")
            .need();
    private static final Setting<String> BUCKET = Setting.text("store.s3.bucket", "The bucket; it must be there.")
            .matching("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "must be a bucket's name, such as dragoman-media")
            .need();
    private static final Setting<String> PREFIX = Setting.text(
                    "store.s3.prefix", "What the keys of all objects begin with, such as shop/.")
            .matching("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*", "must be folders, such as shop/ or shop/media/");
    private static final Setting<String> REGION = Setting.text(
                    "store.s3.region", "The region that requests are signed for; many stores take any.")
            .matching("[a-z0-9-]{1,40}", "must be a region, such as eu-central-1")
            .or("us-east-1");
    private static final Setting<String> ACCESS_KEY = Setting.text(
                    "store.s3.accessKey", "The id of an access key that may put, get and delete objects in the bucket.")
            .matching("[\\x21-\\x2E\\x30-\\x7E]{1,128}", "must be the id of an access key")
            .need();
    private static final Setting<Secret> SECRET_KEY =
            Setting.secret("store.s3.secretKey", "Its secret.").need();

    static final List<Setting<?>> ALL = List.of(ENDPOINT, BUCKET, PREFIX, REGION, ACCESS_KEY, SECRET_KEY);

    /** What the values say; empty where media is kept in the data folder. */
    static Optional<S3Settings> of(SettingValues values) {
        return values.find(ENDPOINT).flatMap(endpoint -> values.find(SECRET_KEY)
                .map(secret -> new S3Settings(
                        endpoint,
                        values.find(BUCKET).orElse(""),
                        values.find(PREFIX).orElse(""),
                        values.get(REGION),
                        values.find(ACCESS_KEY).orElse(""),
                        secret)));
    }
}

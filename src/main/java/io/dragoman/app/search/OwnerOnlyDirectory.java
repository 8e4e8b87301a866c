// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.search;

import io.dragoman.store.blob.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.FSLockFactory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.NIOFSDirectory;

/** A folder of an index that only its owner can read: the words of all customers are in it. */
final class OwnerOnlyDirectory extends NIOFSDirectory {
    private OwnerOnlyDirectory(Path folder) throws IOException {
        super(folder, FSLockFactory.getDefault());
    }

    static OwnerOnlyDirectory of(Path folder) throws IOException {
        OwnerOnly.folder(folder);
        OwnerOnly.file(folder.resolve("write.lock"));
        return new OwnerOnlyDirectory(folder);
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        IndexOutput output = super.createOutput(name, context);
        OwnerOnly.restrict(getDirectory().resolve(name));
        return output;
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        IndexOutput output = super.createTempOutput(prefix, suffix, context);
        OwnerOnly.restrict(getDirectory().resolve(output.getName()));
        return output;
    }
}

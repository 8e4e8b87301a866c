// SPDX-License-Identifier: Apache-2.0
/** What is kept of one person: taken out as files, or erased from everything. */
@NullMarked
package io.dragoman.app.person;

import org.jspecify.annotations.NullMarked;

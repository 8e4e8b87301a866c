// SPDX-License-Identifier: Apache-2.0
/** Who asks the admin port: bearer tokens, and the sessions of the console. */
@NullMarked
package io.dragoman.admin.access;

import org.jspecify.annotations.NullMarked;

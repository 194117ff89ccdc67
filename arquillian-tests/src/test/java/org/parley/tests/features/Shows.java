package org.parley.tests.features;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A feature that a test shows of the server that it is for; one on a class, each of its tests does, and those of the classes
 * made of it.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Shows {

    /** The feature. */
    Feature value();

    /** What the table says of it, in Markdown. */
    String as() default "tested";
}

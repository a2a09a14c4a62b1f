# Builds PROGRAM with what pkg-config says of the library installed in PREFIX, and runs it.
set(ENV{PKG_CONFIG_PATH} ${PREFIX}/${LIBDIR}/pkgconfig)
execute_process(COMMAND pkg-config --static --cflags --libs liantu OUTPUT_VARIABLE flags
                        OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND ${flags})
execute_process(COMMAND ${COMPILER} -std=c++20 ${PROGRAM} ${flags} -o ${PREFIX}/count_gaps
                        COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${PREFIX}/count_gaps COMMAND_ERROR_IS_FATAL ANY)

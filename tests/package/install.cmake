# Installs the build BUILD into the folder PREFIX, which holds nothing else afterwards.
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX}
                        COMMAND_ERROR_IS_FATAL ANY)
foreach(file bin/liantu include/liantu/graph/graph.hpp share/liantu/graphs/dadukou/企业.csv)
  if(NOT EXISTS ${PREFIX}/${file})
    message(FATAL_ERROR "${file} was not installed")
  endif()
endforeach()

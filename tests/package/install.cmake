# Installs the build BUILD into the folder PREFIX, which holds nothing else afterwards.
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX}
                        COMMAND_ERROR_IS_FATAL ANY)
foreach(file bin/liantu include/liantu/graph/graph.hpp include/liantu/version.hpp share/liantu/graphs/dadukou/企业.csv
             share/liantu/policy.json share/liantu/factors.csv share/liantu/mappings/register_and_listed.json
             share/doc/liantu/LICENSE share/doc/liantu/NOTICE)
  if(NOT EXISTS ${PREFIX}/${file})
    message(FATAL_ERROR "${file} was not installed")
  endif()
endforeach()
# The program finds its data wherever it is called from.
execute_process(COMMAND ${PREFIX}/bin/liantu demo -o ${PREFIX}/demo WORKING_DIRECTORY /
                OUTPUT_QUIET ERROR_QUIET COMMAND_ERROR_IS_FATAL ANY)
if(NOT EXISTS ${PREFIX}/demo/prospects.csv)
  message(FATAL_ERROR "the installed program made no list")
endif()

# Emscripten's own toolchain file, wherever emcc is installed.
execute_process(COMMAND em-config EMSCRIPTEN_ROOT OUTPUT_VARIABLE emscripten_root OUTPUT_STRIP_TRAILING_WHITESPACE
                RESULT_VARIABLE em_config_failed)
if(em_config_failed)
  message(FATAL_ERROR "em-config is not there: install Emscripten (Debian: apt-get install emscripten)")
endif()
include(${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)
